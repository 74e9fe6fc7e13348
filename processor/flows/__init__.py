"""The only room that knows the order: one small module a flow."""
