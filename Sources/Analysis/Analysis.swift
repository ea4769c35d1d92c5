// Analysis.
