import TerminalKit
import Trace

extension SandboxState {
    /// A few requests are best seen call by call.
    private static let fewRequests = 3

    /// Those with something to show, the picture of the whole first.
    var panels: [PanelKind] {
        guard let run = player?.run else { return [] }
        let isStory = run.index.requestCount <= Self.fewRequests
        let first: [PanelKind] = isStory ? [.sequence, .topology, .metrics] : [.topology, .metrics, .latency]
        return first + run.subjects.filter { !first.contains($0) }
    }

    /// Rows under the panels: what the cursor is on, or what is being typed and what is wrong with it.
    private var stripRows: Int {
        if case .value(let form) = input, form.problem != nil { 3 } else { 2 }
    }

    func layout(_ size: Size) -> LessonLayout {
        let kinds = isInTree && isZoomed ? [] : panels
        return LessonLayout(size, for: self, kinds: kinds, focus: picture, strip: stripRows, isTextTall: true)
    }

    /// To the next panel, or from the tree to the panels and back.
    mutating func moveFocus(_ step: Int) {
        let kinds = panels
        guard !kinds.isEmpty else { return }
        isZoomed = false
        guard !isInTree, let place = kinds.firstIndex(of: focusedPanel ?? kinds[0]) else {
            isInTree = false
            picture = step > 0 ? kinds[0] : kinds[kinds.count - 1]
            return
        }
        if kinds.indices.contains(place + step) {
            picture = kinds[place + step]
        } else {
            isInTree = true
        }
    }
}
