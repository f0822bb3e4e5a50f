"""A fuzz of the whole product: `make hostile` tries thousands of inputs and counts what happens."""
