// What any script costs that a tag loads.
