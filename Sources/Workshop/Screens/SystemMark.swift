import Scenario

/// A moment of a scenario worth stopping at; TerminalKit calls the signs of its theme marks too.
typealias SystemMark = Mark
