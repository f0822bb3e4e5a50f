#version 330
// INCLUDE light.glsl
// A person's triangles are about a pixel in size, so light is worked out at the vertices:
// in software rendering that is three times as fast as at the fragments, and looks the same.
in vec3 position, normal, colour;
in vec2 keep_gloss;
uniform mat4 view, shadow_view;
uniform sampler2DShadow shadow;
uniform float texel;
out vec4 shaded_keep;
const float BIAS = .004;  // of the shadow map's depth, against self-shadowing speckle

float lit(vec3 p) {
    vec3 at = (shadow_view * vec4(p, 1.)).xyz * .5 + .5 - vec3(0., 0., BIAS);
    return .5 * (sunlit(shadow, at + vec3(texel, texel, 0.))
        + sunlit(shadow, at - vec3(texel, texel, 0.)));
}
void main() {
    vec3 to_eye = normalize(eye - position), n = normalize(normal);
    float sunny = lit(position);
    vec3 near_floor = vec3(.75 + .25 * smoothstep(0., .3, position.y));
    vec3 light = sky(n) * near_floor + sunlight(n) * sunny + fill(n);
    float rim = 1. - max(dot(n, to_eye), 0.);
    vec3 warm = colour * vec3(.12, .03, .015) * rim * rim;
    vec3 shaded = colour * light + warm + keep_gloss.y * shine(n, to_eye) * sunny;
    shaded_keep = vec4(to_display(shaded), keep_gloss.x);
    gl_Position = view * vec4(position, 1.);
}
