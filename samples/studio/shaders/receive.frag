#version 330
// INCLUDE light.glsl
// The factor by which people's shadows darken the room that is already drawn.
in vec3 world, facing, albedo, shadow_at;
flat in int kind;
uniform sampler2DShadow shadow;
uniform float texel;
out vec4 colour;
void main() {
    vec3 at = shadow_at - vec3(0., 0., .002);
    float lit = .25 * (sunlit(shadow, at + vec3(texel, texel, 0.)) + sunlit(shadow, at + vec3(-texel, texel, 0.))
        + sunlit(shadow, at + vec3(texel, -texel, 0.)) + sunlit(shadow, at + vec3(-texel, -texel, 0.)));
    vec3 rest = sky(facing) + fill(facing), full = rest + sunlight(facing);
    colour = vec4(to_display((rest + sunlight(facing) * lit) / full), 1.);
}
