"""Who is called when the service is closed, and calling them until somebody says that they have it."""
