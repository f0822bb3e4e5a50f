#version 330
in vec3 position;
uniform mat4 shadow_view;
void main() { gl_Position = shadow_view * vec4(position, 1.); }
