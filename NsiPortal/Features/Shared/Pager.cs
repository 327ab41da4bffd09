namespace NsiPortal.Features.Shared;

/// <summary>The way from page to page of a list.</summary>
/// <param name="Label">What the pages are of.</param>
/// <param name="Page">The one that is shown, from 1.</param>
/// <param name="Count">How many there are; nothing is shown for one.</param>
/// <param name="Address">Of a page.</param>
public sealed record Pager(string Label, int Page, int Count, Func<int, string> Address);
