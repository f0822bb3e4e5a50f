#version 330
in vec3 position, normal, colour;
in float pattern;
uniform mat4 view, shadow_view;
out vec3 world, facing, albedo, shadow_at;
flat out int kind;
void main() {
    world = position;
    facing = normal;
    albedo = colour;
    kind = int(pattern + .5);
    shadow_at = (shadow_view * vec4(position, 1.)).xyz * .5 + .5;
    gl_Position = view * vec4(position, 1.);
}
