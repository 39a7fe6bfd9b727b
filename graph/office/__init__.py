"""What the office's officers may know of what is held, and what their acts at the desk write.

No partner code reaches anything here, and nothing that publishes does.
"""
