"""The GraphQL schema of the partner: it reads a View and reaches nothing else."""
