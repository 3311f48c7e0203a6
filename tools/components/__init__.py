"""Makes taropy/port/data/components.json: which platform has which component, from Taro's declarations."""
