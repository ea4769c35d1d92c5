import Analysis
import TerminalKit
import Trace

/// Which requests failed and which were slowest, and where their time went. Choosing one shows it in the other panels.
public struct RequestsPanel: Panel {
    public let kind = PanelKind.requests

    public init() {}

    /// Every run has requests; the panel is for steps that are about them.
    public func hasSubject(in trace: Trace) -> Bool { false }

    public func title(_ context: PanelContext) -> String { context.text("Requests", "Peticiones") }

    public func note(_ context: PanelContext) -> String {
        let count = context.run.requests.count(at: context.cursor)
        let text = context.numbers.count(count)
        return context.text("\(text) ended", count == 1 ? "1 terminada" : "\(text) terminadas")
    }

    public func draw(_ context: PanelContext, into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let rows = RequestRows(context)
        guard !rows.requests.isEmpty else {
            let text = context.text("No request has ended yet.", "Aún no ha terminado ninguna petición.")
            frame.write(text, x: rect.x, y: rect.y, style: .muted, clip: rect)
            return
        }
        RequestTable(context, rows, rect: rect).draw(into: &frame)
    }

    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        let requests = RequestRows(context).requests.map(\.id)
        // Whoever comes from elsewhere begins at the top.
        guard let now = context.request?.id, requests.contains(now) else {
            return requests.first.map { Selection(request: $0) } ?? context.selection
        }
        return context.neighbour(of: now, in: requests, step: step).map { Selection(request: $0) } ?? context.selection
    }
}

/// The requests that the panel lists: each once.
struct RequestRows {
    private static let mostFailed = 12
    private static let mostSlow = 40

    /// The newest first.
    let failed: [RequestInfo]
    /// Without those that failed; the slowest first.
    let slowest: [RequestInfo]
    var requests: [RequestInfo] { failed + slowest }

    init(_ context: PanelContext) {
        let list = context.run.requests
        let failed = list.failed(Self.mostFailed, at: context.cursor)
        let shown = Set(failed.map(\.id))
        self.failed = failed
        slowest = list.slowest(Self.mostSlow + failed.count, at: context.cursor).filter { !shown.contains($0.id) }
            .prefix(Self.mostSlow).map { $0 }
    }
}
