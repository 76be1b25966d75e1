"""The public face of disclosure upon request: guide, flow chart, form, forms to print, result,
figures (Art. 12, 29-45; practice.md 2)."""
