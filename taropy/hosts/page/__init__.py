"""A page in a browser, or a mini program, reached over a WebSocket: `agent.js` there, a native object here."""
