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
    /// scenario, then clients, then policies, whose layers have their colour. What is not a component is plain text.
    func hue(of component: NameID) -> Role {
        var parts = 0
        var clients = 0
        var policies = 0
        var found: (kind: Component.Kind, number: Int)?
        for part in components where part.kind != .flow {
            if part.kind == .policy { policies += 1 }
            let number =
                part.kind == .client ? clients : part.kind == .policy || part.kind.isLayer ? policies - 1 : parts
            if part.name == component, found == nil { found = (part.kind, number) }
            if part.kind == .client { clients += 1 }
            if part.kind == .backend || part.kind == .cache { parts += 1 }
        }
        guard let found else { return .text }
        return switch found.kind {
        case .client: Hue.role(parts + found.number)
        case .backend, .cache: Hue.role(found.number)
        default: Hue.role(parts + clients + found.number)
        }
    }
}
