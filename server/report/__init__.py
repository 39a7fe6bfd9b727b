"""What the over-withholding meter shows, as text, as JSON and as a page with plots."""
