namespace NsiPortal.Features.Shared;

/// <summary>Bars drawn by <c>_Chart</c>, with the same numbers in a table.</summary>
/// <param name="Title">What is counted.</param>
/// <param name="Axis">What the labels are.</param>
/// <param name="Unit">What the values are.</param>
public sealed record Chart(string Id, string Title, string Axis, string Unit, IReadOnlyList<ChartBar> Bars);

/// <param name="Short">Under the bar; null for none there.</param>
/// <param name="Label">In the table.</param>
public sealed record ChartBar(string? Short, string Label, int Value);
