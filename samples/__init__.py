"""Sample clips, their truth, their landmark traces, and the studio that renders them."""
