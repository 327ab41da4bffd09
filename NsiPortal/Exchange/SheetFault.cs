namespace NsiPortal.Exchange;

/// <summary>What is wrong with an exercise sheet, in the language of the request; outside of one, in French.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Reason">For who writes the sheet; like <paramref name="InForm"/> it begins with a small letter and has no full stop.</param>
/// <param name="InForm">For who fills in a form, which has fields and no keys.</param>
public sealed record SheetFault(int Line, string Reason, string InForm)
{
    internal static SheetFault Of(UnusableFileException fault) => new(fault.Line, fault.Message, fault.InForm);
}
