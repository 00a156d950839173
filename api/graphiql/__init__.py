"""The explorer page: GraphiQL, bundled on this machine from pinned npm packages and served from our own origin."""
