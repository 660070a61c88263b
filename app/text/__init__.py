"""Words: normalising, stemming, searching and comparing. Pure; knows neither session nor request."""
