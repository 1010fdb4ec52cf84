"""The knowledge base in OpenSearch: a managed domain, or a Serverless collection."""
