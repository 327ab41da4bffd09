using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace NsiPortal.Rendering.Dialect.Tables;

/// <summary>A table in a region that scrolls by itself on a narrow screen, named after its columns.</summary>
sealed class TableRenderer : HtmlObjectRenderer<Table>
{
    const int LabelLength = 60;

    protected override void Write(HtmlRenderer renderer, Table table)
    {
        var header = table.OfType<TableRow>().Where(row => row.IsHeader).Take(1).ToList();
        var body = table.OfType<TableRow>().Skip(header.Count).ToList();

        renderer.EnsureLine();
        renderer.Write("<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"")
            .WriteEscape(PageHtmlRenderer.From(renderer).UniqueLabel(Label(header.FirstOrDefault())))
            .WriteLine("\"><table>");
        WriteRows(renderer, table, "thead", header);
        WriteRows(renderer, table, "tbody", body);
        renderer.WriteLine("</table></div>");
    }

    static string Label(TableRow? header)
    {
        var names = header is null ? "" : string.Join(", ", header.Select(PlainText.Of).Where(name => name.Length > 0));
        if (names.Length == 0) return "Tableau";
        if (names.Length > LabelLength) names = names[..(char.IsHighSurrogate(names[LabelLength - 1]) ? LabelLength - 1 : LabelLength)].TrimEnd(' ', ',') + "…";
        return $"Tableau : {names}";
    }

    static void WriteRows(HtmlRenderer renderer, Table table, string group, List<TableRow> rows)
    {
        if (rows.Count == 0) return;
        renderer.WriteLine($"<{group}>");
        foreach (var row in rows)
        {
            renderer.Write("<tr>");
            for (var i = 0; i < row.Count; i++) WriteCell(renderer, (TableCell)row[i], group == "thead" && PlainText.Of(row[i]).Length > 0, Alignment(table, i));
            renderer.WriteLine("</tr>");
        }

        renderer.WriteLine($"</{group}>");
    }

    static void WriteCell(HtmlRenderer renderer, TableCell cell, bool header, string alignment)
    {
        var element = header ? "th" : "td";
        if (alignment.Length > 0) cell.GetAttributes().AddClass(alignment);
        renderer.Write($"<{element}{(header ? " scope=\"col\"" : "")}").WriteAttributes(cell).Write(">");
        var implicitParagraph = renderer.ImplicitParagraph;
        renderer.ImplicitParagraph = cell.Count == 1;
        renderer.WriteChildren(cell);
        renderer.ImplicitParagraph = implicitParagraph;
        renderer.Write($"</{element}>");
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
