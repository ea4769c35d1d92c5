import FoundationEssentials
import Workshop

/// Where progress is kept: `$XDG_STATE_HOME/ensayo`, or `~/.local/state/ensayo`.
enum StateFolder {
    static var path: String {
        let environment = ProcessInfo.processInfo.environment
        // The specification ignores relative paths.
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state + "/ensayo" }
        let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 }
        return (home ?? FileManager.default.homeDirectoryForCurrentUser.path) + "/.local/state/ensayo"
    }
}

extension Language {
    /// The language of the locale.
    static var fromEnvironment: Language { Language(environment: ProcessInfo.processInfo.environment) }
}
