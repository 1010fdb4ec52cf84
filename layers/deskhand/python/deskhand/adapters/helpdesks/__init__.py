"""Helpdesks: one file each, reached through the port `Helpdesk`, their webhooks read by a
`Door`."""
