"""The phone's sockets: WebSocket, TCP and UDP, over real connections of the computer."""
