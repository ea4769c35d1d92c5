import Analysis
import TerminalKit
import Trace

/// The places in the sentences about caches.
extension EventSentence {
    func cacheValue(of place: Substring, style: Style) -> StyledText {
        let name = context.trace.name(event.detail)
        return switch place {
        case "entries": StyledText(context.entriesText(Int(clamping: event.value)), style)
        case "tag": StyledText(String(name.dropFirst("tag:".count)), style)
        case "list": list(style)
        case "removal": StyledText(removal, style)
        case "cacheSetting": StyledText(context.cacheSettingText(name, event.value), style)
        default: balancerValue(of: place, style: style)
        }
    }

    /// `T1 of products`; of the only list, the cache itself.
    private func list(_ style: Style) -> StyledText {
        let cache = component(event.component, style)
        guard let list = UInt8(exactly: event.value).flatMap(CacheList.init),
            list != .main || context.trace.keepsSeveralLists(event.component)
        else { return cache }
        return StyledText(list.name + context.text(" of ", " de "), style) + cache
    }

    /// Why an entry is gone that was not evicted.
    private var removal: String {
        switch context.trace[event.cause]?.kind {
        case .cacheStored: context.text(": it has expired", ": ha caducado")
        case .cacheInvalidated: context.text(": it was dropped", ": se ha borrado")
        default: ""
        }
    }
}

extension PanelContext {
    func entriesText(_ count: Int) -> String {
        counted(count, ("entry", "entries"), ("entrada", "entradas"))
    }

    /// A setting of a cache with its size in its own unit: `capacity 100`, `eviction lru`.
    func cacheSettingText(_ setting: String, _ value: Int64) -> String {
        let parts = setting.split(separator: "=", maxSplits: 1)
        if parts.count == 2 { return "\(parts[0]) \(parts[1])" }
        let size: String =
            switch setting {
            case _ where value < 0: text("none", "ninguno")
            case "coalesce": value > 0 ? text("yes", "sí") : "no"
            case "ttl", "staleFor", "flush", "flushAfter", "grace", "retry", "latency": numbers.duration(value)
            case "ttlJitter", "refreshAhead": numbers.percent(Double(value) / 1e6)
            case "early": numbers.factor(Double(value) / 1e6)
            default: numbers.count(Int(clamping: value))
            }
        return "\(setting) \(size)"
    }
}

extension CacheList {
    /// What the field calls it.
    var name: String {
        switch self {
        case .main: "main"
        case .small: "small"
        case .ghost: "ghost"
        case .recent: "T1"
        case .frequent: "T2"
        case .ghostRecent: "B1"
        case .ghostFrequent: "B2"
        case .window: "window"
        case .probation: "probation"
        case .protected: "protected"
        }
    }
}

extension Trace {
    /// Whether a cache's eviction tells several lists apart. It says so before any request.
    func keepsSeveralLists(_ cache: NameID) -> Bool {
        events.prefix { $0.kind != .requestStarted }.contains { event in
            guard event.kind == .cacheConfigured, event.component == cache else { return false }
            return ["eviction=s3fifo", "eviction=arc", "eviction=wTinyLFU"].contains(name(event.detail))
        }
    }
}
