"""Apps declared in Python: pages, tab bar and window as Taro's app config has them, and the code of app and pages."""
