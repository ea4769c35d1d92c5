// Filled by the model's author.
