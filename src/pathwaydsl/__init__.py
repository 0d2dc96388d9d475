"""Clinical pathways as text: the public Python interface."""
