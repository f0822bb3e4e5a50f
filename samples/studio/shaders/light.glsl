// Light on a surface: a sun that can be shadowed, a sky, and a weak fill from behind.
uniform vec3 eye;      // world position of the lens, m
uniform vec3 sun;      // unit direction towards the sun

vec3 sky(vec3 n) { return mix(vec3(.30, .27, .25), vec3(.55, .57, .60), .5 + .5 * n.y) * .85; }
vec3 sunlight(vec3 n) { return vec3(1.05, 1.0, .92) * .85 * max(dot(n, sun), 0.); }
float fill(vec3 n) { return .18 * max(dot(n, normalize(vec3(-sun.x, .3, -sun.z))), 0.); }
float shine(vec3 n, vec3 towards_eye) { return pow(max(dot(n, normalize(sun + towards_eye)), 0.), 20.); }
vec3 to_display(vec3 linear) { return pow(clamp(linear, 0., 1.), vec3(1. / 2.2)); }
float sunlit(sampler2DShadow map, vec3 at) {  // at: place in the shadow map, each 0 to 1
    bool beyond = any(lessThan(at.xy, vec2(0.))) || any(greaterThan(at.xy, vec2(1.)));
    return beyond ? 1. : textureLod(map, at, 0.);
}
