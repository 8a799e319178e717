"""What HTTP asks for beyond routing: negotiation, bodies, caching, and the middleware around the application."""
