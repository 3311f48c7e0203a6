"""dayjs's locales: a module each, which makes its locale known when it is imported."""
