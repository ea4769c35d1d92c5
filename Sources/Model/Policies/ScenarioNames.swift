import Scenario

// Names that `Resilience` has too, under which files that import both can tell them apart.

typealias WrittenFailureKind = FailureKind
typealias WrittenBackoff = Backoff
typealias WrittenPolicy = Policy
