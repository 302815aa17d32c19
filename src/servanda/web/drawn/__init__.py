"""Values -> SVG, drawn on the server: no script, no style of its own; colours and fonts come from the page."""
