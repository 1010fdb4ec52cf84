"""Documents of other formats become Markdown: one file a format."""
