#version 330
// INCLUDE light.glsl
// Drawn once per clip, so procedural detail is cheap here. Kinds: see room.py.
in vec3 world, facing, albedo, shadow_at;
flat in int kind;
uniform sampler2DShadow shadow;
out vec4 colour;
const int PLAIN = 0, PLANKS = 1, WALL = 2, TILES = 3, CARPET = 4, WOOD = 5;

float hash(vec3 p) {
    p = fract(p * .3183099 + .1) * 17.;
    return fract(p.x * p.y * p.z * (p.x + p.y + p.z));
}
float noise(vec3 x) {
    vec3 i = floor(x), f = fract(x);
    f = f * f * (3. - 2. * f);
    vec4 low = vec4(hash(i), hash(i + vec3(1, 0, 0)), hash(i + vec3(0, 1, 0)), hash(i + vec3(1, 1, 0)));
    vec4 high = vec4(hash(i + vec3(0, 0, 1)), hash(i + vec3(1, 0, 1)), hash(i + vec3(0, 1, 1)), hash(i + vec3(1)));
    vec4 z = mix(low, high, f.z);
    return mix(mix(z.x, z.y, f.x), mix(z.z, z.w, f.x), f.y);
}
float cloud(vec3 x) { return .5 * noise(x) + .25 * noise(x * 2.1) + .25 * noise(x * 4.3); }

float planks(vec3 p) {
    float row = floor(p.x / .14);
    float board = floor((p.z + hash(vec3(row, 3., 1.)) * 2.) / 1.1);
    float tone = hash(vec3(row, board, 5.));
    float gap = min(fract(p.x / .14), 1. - fract(p.x / .14));
    float grain = cloud(vec3(p.x * 30., tone * 9., p.z * 3.)) - .5;
    return (.75 + .35 * tone + .25 * grain) * mix(.55, 1., smoothstep(0., .02, gap));
}
float tiles(vec3 p) {
    vec2 cell = fract(p.xz / .33);
    vec2 edge = min(cell, 1. - cell);
    float tone = .9 + .15 * hash(vec3(floor(p.xz / .33), 2.));
    return tone * mix(.6, 1., smoothstep(.005, .015, min(edge.x, edge.y)));
}
vec3 painted() {
    if (kind == PLANKS) return albedo * planks(world);
    if (kind == TILES) return albedo * tiles(world);
    if (kind == CARPET) return albedo * (.8 + .25 * noise(world * 90.) + .15 * cloud(world * 4.));
    if (kind == WOOD) return albedo * (.7 + .6 * cloud(world * vec3(20., 4., 20.)));
    if (kind == WALL) {
        if (world.y < .1) return vec3(.85, .84, .82);      // skirting board
        float dark = world.y < .108 ? .6 : 1.;
        return albedo * dark * (.955 + .06 * cloud(world * 3.) + .03 * noise(world * 90.));
    }
    return albedo * (.92 + .16 * noise(world * 60.));
}
void main() {
    vec3 to_eye = normalize(eye - world);
    float lit = sunlit(shadow, shadow_at - vec3(0., 0., .002));
    vec3 light = sky(facing) + sunlight(facing) * lit + fill(facing);
    colour = vec4(to_display(painted() * light + .04 * shine(facing, to_eye) * lit), 1.);
}
