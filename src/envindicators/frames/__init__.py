"""From any frame to arrays: opening, reading columns by role, layouts, checks, condensing."""
