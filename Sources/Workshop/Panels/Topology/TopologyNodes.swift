import Analysis
import TerminalKit
import Trace

/// Clients, backends and caches: what each is called, how busy it is, and what is wrong with it.
struct TopologyNodes {
    let context: PanelContext
    let layout: TopologyLayout
    let traffic: TopologyTraffic

    private var glyphs: Glyphs { context.glyphs }
    private var numbers: NumberText { context.numbers }

    func draw(into frame: inout Frame) {
        for place in layout.clients { draw(client: place, into: &frame) }
        let hasCaches = layout.nodes.contains(where: \.isCache)
        let caches = hasCaches ? RunMetrics.over(context.index, through: context.cursor).caches : []
        let window =
            context.isZoomed ? RunMetrics.over(context.index, last: context.window, at: context.cursor).backends : []
        for node in layout.nodes {
            let lines =
                if !node.isCalled {
                    lines(ofUncalled: node)
                } else if node.isCache {
                    lines(ofCache: node, caches.first { $0.id == node.name })
                } else {
                    lines(ofBackend: node, window.first { $0.id == node.name })
                }
            for (row, line) in lines.prefix(node.rect.height).enumerated() {
                let text = line.truncated(to: node.rect.width, ellipsis: glyphs.ellipsis)
                frame.write(text, x: node.rect.x, y: node.rect.y + row, clip: layout.rect)
            }
        }
    }

    private func draw(client place: TopologyLayout.ClientPlace, into frame: inout Frame) {
        let client = traffic.state.client(place.name)
        let name = Text.truncate(context.trace.name(place.name), to: place.rect.width, ellipsis: glyphs.ellipsis)
        let style = Style(context.trace.hue(of: place.name), .bold)
        frame.write(name, x: place.rect.x, y: place.rect.y, style: style, clip: layout.rect)
        guard let client else { return }
        let inFlight = numbers.count(client.inFlight)
        var lines = [context.text("\(inFlight) in flight", "\(inFlight) en curso")]
        if let users = client.users {
            lines.append(context.counted(users, ("user", "users"), ("usuario", "usuarios")))
        }
        for (row, line) in lines.prefix(max(0, place.rect.height - 1)).enumerated() {
            let text = Text.truncate(line, to: place.rect.width, ellipsis: glyphs.ellipsis)
            frame.write(text, x: place.rect.x, y: place.rect.y + 1 + row, style: .muted, clip: layout.rect)
        }
    }

    /// Without an arrow that leads to it, it says why where there is room.
    private func lines(ofUncalled node: TopologyLayout.Node) -> [StyledText] {
        var heading = context.component(node.name)
        let faults = traffic.state.backend(node.name).map(faults) ?? StyledText()
        if !faults.isEmpty { heading += StyledText("  ") + faults }
        let words =
            node.isCache
            ? context.text("nobody uses it", "nadie la usa") : context.text("nobody calls it", "nadie lo llama")
        let note = StyledText(words, .muted)
        if node.rect.height > 1 { return [heading, note] }
        return [heading.width + note.width + 2 <= node.rect.width ? heading + StyledText("  ") + note : heading]
    }

    // MARK: Backends

    private func lines(ofBackend node: TopologyLayout.Node, _ metrics: BackendMetrics?) -> [StyledText] {
        guard let backend = traffic.state.backend(node.name) else { return [context.component(node.name)] }
        let load = load(backend, width: node.rect.width)
        let faults = faults(backend)
        let name = context.component(node.name)
        if node.rect.height == 1 {
            let extra = faults.isEmpty ? self.load(backend, width: node.rect.width - name.width - 2) : faults
            return [name + StyledText("  ") + extra]
        }
        let heading = faults.isEmpty ? name : name + StyledText("  ") + faults
        return [heading, load] + (metrics.map(figures) ?? [])
    }

    /// What it did in the window: how long calls took, how many went wrong, how many were in service.
    private func figures(_ backend: BackendMetrics) -> [StyledText] {
        func percentile(_ name: String) -> String { context.percentile(name, hasFailures: backend.failed > 0) }
        var latency = StyledText("\(percentile("p50")) ", .muted)
        latency.append(context.latencyText(backend.latency?.p50))
        latency.append("  \(percentile("p99")) ", .muted)
        latency.append(context.latencyText(backend.latency?.p99))
        var calls = StyledText(context.text("calls ", "llamadas "), .muted)
        calls.append(numbers.count(backend.calls))
        calls.append(context.text("  errors ", "  errores "), .muted)
        calls += context.badCount(backend.failed + backend.rejected + backend.timedOut)
        let line = context.activity(of: backend.id, steps: 20)
        let activity = StyledText(line.text(width: 20, glyphs: glyphs), line.style)
        return [latency, calls, activity]
    }

    private func faults(_ backend: SystemState.Backend) -> StyledText {
        var text = StyledText()
        for fault in backend.faults {
            if !text.isEmpty { text.append("  ") }
            text.append(
                "\(glyphs[.fault]) \(context.faultText(fault.fault, size: fault.size))", Style(.fail, .bold))
        }
        return text
    }

    /// A cell for each slot, or a share of them; the calls in them; those that wait.
    private func load(_ backend: SystemState.Backend, width: Int) -> StyledText {
        let hue = context.trace.hue(of: backend.name)
        let slots = backend.capacity.map { "/\(numbers.count($0))" } ?? ""
        let number = " \(numbers.count(backend.inService))\(slots)"
        let waiting = backend.queued == 0 ? "" : " \(glyphs[.queued])\(numbers.count(backend.queued))"
        let room = max(0, width - Text.width(number) - Text.width(waiting) - (backend.queued > 0 ? 4 : 0))
        var text = StyledText()
        if let capacity = backend.capacity {
            let cells = min(capacity, room, 20)
            let share = capacity == 0 ? 0 : Double(backend.inService) / Double(capacity)
            if cells >= 1 {
                let bar =
                    capacity <= 20 && cells == capacity
                    ? (
                        filled: String(repeating: glyphs.full, count: min(backend.inService, cells)),
                        empty: String(repeating: glyphs.empty, count: max(0, cells - backend.inService))
                    ) : Bar(share).text(width: cells, glyphs: glyphs)
                text.append(bar.filled, Style(hue))
                text.append(bar.empty, Style(.border))
            }
        } else {
            text.append(String(repeating: glyphs.full, count: min(backend.inService, room, 20)), Style(hue))
        }
        if text.isEmpty, backend.inService == 0, backend.capacity == nil {
            return StyledText(context.text("idle", "libre"), .muted)
        }
        text.append(text.isEmpty ? String(number.dropFirst()) : number, backend.inService == 0 ? .muted : .text)
        if backend.queued > 0 {
            text.append(" " + String(repeating: glyphs[.queued], count: min(backend.queued, 4)), Style(.warn))
            text.append(" " + numbers.count(backend.queued), Style(.warn, .bold))
        }
        return text
    }

    // MARK: Caches

    private func lines(ofCache node: TopologyLayout.Node, _ metrics: CacheMetrics?) -> [StyledText] {
        let entries = traffic.state.cache(node.name)?.entries.filter { $0.expires > context.cursor.time } ?? []
        let heading = heading(ofCache: node, metrics)
        let work = background(of: node.name)
        if node.rect.height == 1 { return [work.isEmpty ? heading : context.component(node.name) + "  " + work] }
        guard !entries.isEmpty || !work.isEmpty else {
            return [heading, StyledText(context.text("empty", "vacía"), .muted)]
        }
        var lines = work.isEmpty ? [heading] : [heading, work]
        let room = max(1, node.rect.height - 1)
        if entries.count > room { lines.append(StyledText(context.entriesText(entries.count), .muted)) }
        let shown = max(0, room - lines.count + 1)
        return lines + entries.suffix(shown).reversed().map(line(of:))
    }

    /// `→ get_product ×2`: what the cache asks of a backend on its own.
    private func background(of cache: NameID) -> StyledText {
        let hue = Style(context.trace.hue(of: cache))
        var text = StyledText()
        for work in traffic.background where work.cache == cache {
            if !text.isEmpty { text.append("  ") }
            text.append("\(glyphs.rightwards) \(context.trace.name(work.operation))", hue)
            if work.open > 1 { text.append(" \(glyphs.times)\(numbers.count(work.open))", hue) }
        }
        return text
    }

    /// `products ◇ 12/20  60 %  ✱ 7`: hits of look-ups, and the keys that are in memory only.
    private func heading(ofCache node: TopologyLayout.Node, _ metrics: CacheMetrics?) -> StyledText {
        var name = context.component(node.name)
        name.append(" \(glyphs[.cached])", Style(.cache))
        guard let metrics else { return name }
        var counts = StyledText()
        var ratio = StyledText()
        if let share = metrics.hitRatio {
            counts.append(" \(numbers.count(metrics.hits))/\(numbers.count(metrics.hits + metrics.misses)) ")
            ratio.append(" \(numbers.percent(share))", .muted)
        }
        var dirty = StyledText()
        if metrics[.dirty] > 0 {
            dirty.append("  \(glyphs[.dirty]) \(numbers.count(metrics[.dirty]))", Style(Mark.dirty.role, .bold))
        }
        let whole = name + counts + ratio + dirty
        return whole.width <= node.rect.width ? whole : name + ratio + dirty
    }

    /// A key, and how much of its time to live is left.
    private func line(of entry: SystemState.CacheEntry) -> StyledText {
        let key = context.trace.name(entry.key)
        guard entry.expires.nanoseconds < .max else {
            return StyledText("\(glyphs[.bullet]) ", Style(.cache)) + StyledText(key)
        }
        let whole = Double(entry.expires.nanoseconds) - Double(entry.stored.nanoseconds)
        let left = entry.expires.nanoseconds - context.cursor.time.nanoseconds
        let bar = Bar(whole > 0 ? Double(left) / whole : 0).text(width: 6, glyphs: glyphs)
        var text = StyledText(bar.filled, Style(.cache))
        text.append(bar.empty, Style(.border))
        text.append(" \(key)")
        text.append("  \(numbers.duration(left))", .muted)
        return text
    }
}
