import Analysis
import TerminalKit
import Trace

extension BalancerBlock {
    /// The calls on their way to each server, over the whole run; of many servers the busiest and the mean.
    var chart: LineChart? {
        // Many lines want a chart that is high.
        guard state.servers.count > Self.mostLines || height >= 2 * state.servers.count + Self.tablesAndChart else {
            return nil
        }
        let runs = [context.run, context.earlier, context.peer].compactMap(\.self)
        let highest = runs.map { run in
            state.servers.compactMap { server in
                context.counterpart(of: server.id, in: run).flatMap {
                    run.index.load(of: $0, in: 1, at: run.trace.lastCursor).first?.calls
                }
            }.max() ?? 0
        }.max() ?? 0
        let end = runs.map(\.trace.end.seconds).max() ?? 0
        return LineChart(
            context.text("on their way", "en camino"), state.servers.count > Self.mostLines ? summaryLines : lines,
            xRange: 0...max(end, 1e-9), yRange: Axis(containing: [Double(highest)], ticks: 4).range, xUnit: "s",
            cursor: context.cursor.time.seconds)
    }

    private static let mostLines = 6
    /// What stands above and below the rows and lanes of the servers, and a chart worth looking at.
    private static let tablesAndChart = 14
    private static let columns = 120

    private func load(_ server: BalancerState.Server) -> [LineChart.Place] {
        context.index.load(of: server.id, in: Self.columns, at: context.cursor)
            .map { .init($0.time.seconds, Double($0.calls)) }
    }

    private var lines: [LineChart.Series] {
        state.servers.map {
            LineChart.Series(context.trace.name($0.id), load($0), style: Style(context.trace.hue(of: $0.id)))
        }
    }

    private var summaryLines: [LineChart.Series] {
        let loads = state.servers.map(load)
        let count = loads.map(\.count).min() ?? 0
        func line(_ name: String, _ style: Style, _ height: ([Double]) -> Double) -> LineChart.Series {
            LineChart.Series(
                name,
                (0..<count).map { place in .init(loads[0][place].x, height(loads.map { $0[place].y })) }, style: style)
        }
        return [
            line(context.text("busiest", "el más cargado"), Style(.warn)) { $0.max() ?? 0 },
            line(context.text("mean", "media"), Style(.text)) { $0.reduce(0, +) / Double(max(1, $0.count)) },
        ]
    }
}
