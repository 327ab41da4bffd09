using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using NsiPortal.Domain;

namespace NsiPortal.Rendering.Dialect.Tables;

/// <summary>A table in a region that scrolls by itself on a narrow screen, named after its columns.</summary>
sealed class TableRenderer : HtmlObjectRenderer<Table>
{
    const int LabelLength = 60;

    protected override void Write(HtmlRenderer renderer, Table table)
    {
        var header = table.Count > 0 && table[0] is TableRow { IsHeader: true } first ? first : null;
        string[] names = header is null ? [] : [.. header.Select(PlainText.Of)];

        renderer.EnsureLine();
        renderer.Write("<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"")
            .WriteEscape(PageHtmlRenderer.From(renderer).UniqueLabel(Label(names)))
            .WriteLine("\"><table>");
        if (header is not null)
        {
            renderer.WriteLine("<thead>");
            WriteRow(renderer, table, header, names);
            renderer.WriteLine("</thead>");
        }

        var body = header is null ? 0 : 1;
        if (body < table.Count)
        {
            renderer.WriteLine("<tbody>");
            for (var i = body; i < table.Count; i++) WriteRow(renderer, table, (TableRow)table[i], names: []);
            renderer.WriteLine("</tbody>");
        }

        renderer.WriteLine("</table></div>");
    }

    static string Label(string[] names)
    {
        var label = string.Join(", ", names.Where(name => name.Length > 0));
        if (label.Length == 0) return "Tableau";
        if (label.Length > LabelLength) label = label.Start(LabelLength).TrimEnd(' ', ',') + "…";
        return $"Tableau : {label}";
    }

    /// <param name="renderer">Where to.</param>
    /// <param name="table">What the row is of.</param>
    /// <param name="row">The row.</param>
    /// <param name="names">The names of the columns, when the row is the one that gives them.</param>
    static void WriteRow(HtmlRenderer renderer, Table table, TableRow row, string[] names)
    {
        renderer.Write("<tr>");
        for (var i = 0; i < row.Count; i++) WriteCell(renderer, (TableCell)row[i], header: i < names.Length && names[i].Length > 0, Alignment(table, i));
        renderer.WriteLine("</tr>");
    }

    static void WriteCell(HtmlRenderer renderer, TableCell cell, bool header, string alignment)
    {
        if (alignment.Length > 0) cell.GetAttributes().AddClass(alignment);
        renderer.Write(header ? "<th scope=\"col\"" : "<td").WriteAttributes(cell).Write(">");
        var implicitParagraph = renderer.ImplicitParagraph;
        renderer.ImplicitParagraph = cell.Count == 1;
        renderer.WriteChildren(cell);
        renderer.ImplicitParagraph = implicitParagraph;
        renderer.Write(header ? "</th>" : "</td>");
    }

    static string Alignment(Table table, int column) =>
        (column < table.ColumnDefinitions.Count ? table.ColumnDefinitions[column].Alignment : null) switch
        {
            TableColumnAlign.Left => "align-left",
            TableColumnAlign.Center => "align-center",
            TableColumnAlign.Right => "align-right",
            null => "",
        };
}
