import TerminalKit
import Trace
struct EventSentence {
    let event: Event
    let context: PanelContext
    init(_ event: Event, in context: PanelContext) { self.event = event; self.context = context }
    var text: StyledText { StyledText("\(event.kind) \(context.trace.name(event.component)) \(context.trace.name(event.detail))") }
    var timed: StyledText { text }
}
