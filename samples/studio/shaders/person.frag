#version 330
in vec4 shaded_keep;
out vec4 colour;
void main() {
    if (shaded_keep.w < 0.) discard;  // outside the garment's outline
    colour = vec4(shaded_keep.rgb, 1.);
}
