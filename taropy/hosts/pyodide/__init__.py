"""Inside a page: taropy under Pyodide, over the page's own `wx` or taro-h5, or with the phone in a worker."""
