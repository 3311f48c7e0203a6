"""What taropy needs in a browser: its wheels for Pyodide, and Pyodide itself."""
