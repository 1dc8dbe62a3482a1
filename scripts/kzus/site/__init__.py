"""The pages of the site as Markdown: templates, filled with views of the record."""
