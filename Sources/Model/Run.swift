// Model.
