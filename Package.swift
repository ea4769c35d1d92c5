// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

let package = Package(
    name: "ensayo",
    products: [
        .executable(name: "ensayo", targets: ["ensayo"]),
        .library(name: "Resilience", targets: ["Resilience"]),
        .library(name: "Simulation", targets: ["Simulation", "Trace"]),
        // For Benchmarks, which is a package of its own.
        .library(name: "Workshop", targets: ["Diagrams", "Scenario", "Model", "Analysis", "TerminalKit", "Workshop"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .target(name: "Trace", swiftSettings: strict),
        .target(name: "Resilience", dependencies: [.product(name: "Collections", package: "swift-collections")], swiftSettings: strict),
        .target(
            name: "Simulation", dependencies: ["Trace", .product(name: "Collections", package: "swift-collections")],
            swiftSettings: strict),
        .target(name: "Diagrams", swiftSettings: strict),
        .target(name: "Scenario", dependencies: ["Diagrams", "Yams"], swiftSettings: strict),
        .target(name: "Model", dependencies: ["Trace", "Resilience", "Simulation", "Scenario"], swiftSettings: strict),
        .target(
            name: "Analysis",
            dependencies: ["Diagrams", "Trace", .product(name: "Histogram", package: "hdrhistogram-swift")],
            swiftSettings: strict),
        .target(name: "TerminalKit", swiftSettings: strict),
        .target(
            name: "CNcurses", linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
        .target(name: "NcursesTerminal", dependencies: ["CNcurses", "TerminalKit"], swiftSettings: strict),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CMarkdown", providers: [.apt(["libcmark-gfm-dev"])]),
        .target(
            name: "Classroom",
            dependencies: [
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict),
        .target(
            name: "Workshop",
            dependencies: [
                "Trace", "Simulation", "Diagrams", "Scenario", "Model", "Analysis", "TerminalKit", "CMarkdown", "CZlib",
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "ensayo",
            dependencies: [
                "Trace", "Diagrams", "Scenario", "Model", "Analysis", "TerminalKit", "NcursesTerminal", "Classroom",
                "Workshop",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .testTarget(name: "TraceTests", dependencies: ["Trace"], swiftSettings: strict),
        .testTarget(
            name: "ResilienceTests", dependencies: ["Resilience", "Simulation", "Trace"], swiftSettings: strict),
        .executableTarget(
            name: "simulation-probe", dependencies: ["Simulation", "Trace"], path: "Tests/SimulationProbe",
            swiftSettings: strict),
        .testTarget(
            name: "SimulationTests", dependencies: ["Simulation", "Trace", "simulation-probe"], exclude: ["Oracles"],
            swiftSettings: strict),
        .testTarget(name: "DiagramsTests", dependencies: ["Diagrams"], swiftSettings: strict),
        .testTarget(name: "ScenarioTests", dependencies: ["Diagrams", "Scenario"], swiftSettings: strict),
        .testTarget(
            name: "ModelTests", dependencies: ["Model", "Resilience", "Scenario", "Simulation", "Trace"],
            swiftSettings: strict),
        .testTarget(
            name: "AnalysisTests",
            dependencies: [
                "Analysis", "Diagrams", "Trace", .product(name: "Histogram", package: "hdrhistogram-swift"),
            ],
            exclude: ["Oracles"], swiftSettings: strict),
        .testTarget(name: "TerminalKitTests", dependencies: ["TerminalKit"], swiftSettings: strict),
        .target(
            name: "TerminalProof", dependencies: ["TerminalKit"], path: "Tests/support/TerminalProof",
            swiftSettings: strict),
        .target(name: "TestPrograms", path: "Tests/support/TestPrograms", swiftSettings: strict),
        .executableTarget(
            name: "terminal-probe", dependencies: ["CNcurses", "NcursesTerminal", "TerminalKit", "TerminalProof"],
            path: "Tests/terminal-probe", swiftSettings: strict),
        .testTarget(
            name: "NcursesTerminalTests",
            dependencies: [
                "CNcurses", "NcursesTerminal", "TerminalKit", "TerminalProof", "TestPrograms", "terminal-probe",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ClassroomTests",
            dependencies: [
                "Classroom", .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "WorkshopTests",
            dependencies: ["Workshop", "Analysis", "Diagrams", "Model", "Scenario", "TerminalKit", "Trace"],
            exclude: ["Diagram/goldens"], swiftSettings: strict),
        .testTarget(
            name: "EnsayoTests",
            dependencies: [
                "ensayo", "Classroom", "Model", "Scenario", "TerminalKit", "TestPrograms", "Trace", "Workshop",
                "terminal-probe",
            ],
            exclude: ["Oracles"], swiftSettings: strict),
        .testTarget(name: "TidyTests", swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
