import TerminalKit
import Trace

/// The colours that tell the parts of a system apart.
public enum Hue {
    private static let roles: [Role] = [.hue1, .hue2, .hue3, .hue4, .hue5, .hue6]

    /// The role of the part with that number; they come around again after six.
    public static func role(_ number: Int) -> Role {
        roles[((number % roles.count) + roles.count) % roles.count]
    }
}

extension Trace {
    /// The colour of a component, the same in every panel: backends and caches are numbered first, in the order of the
    /// scenario, then clients. What is not a component is plain text.
    func hue(of component: NameID) -> Role {
        var parts = 0
        var clients = 0
        var found: (isClient: Bool, number: Int)?
        for part in components where part.kind != .flow {
            let isClient = part.kind == .client
            if part.name == component, found == nil { found = (isClient, isClient ? clients : parts) }
            if isClient { clients += 1 } else { parts += 1 }
        }
        guard let found else { return .text }
        return Hue.role(found.isClient ? parts + found.number : found.number)
    }
}
