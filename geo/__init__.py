"""Names to places: gazetteer, resolution, geocoder; borders, arcs and the base map."""
