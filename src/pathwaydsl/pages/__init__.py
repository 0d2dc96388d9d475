"""What the pages say, as frozen data: no HTML, no Sphinx, no files."""
