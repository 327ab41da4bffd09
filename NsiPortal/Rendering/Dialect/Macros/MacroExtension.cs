using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using NsiPortal.Domain;

namespace NsiPortal.Rendering.Dialect.Macros;

/// <summary><c>{{ macro() }}</c> as a box that says what stood there, numbered exercises as what they say, and comments as nothing.</summary>
sealed class MacroExtension : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline) => pipeline.InlineParsers.Insert(0, new MacroParser());

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer) => renderer.ObjectRenderers.Add(new MacroRenderer());

    sealed class MacroRenderer : HtmlObjectRenderer<MacroInline>
    {
        const int ShownLength = 100;

        protected override void Write(HtmlRenderer renderer, MacroInline macro)
        {
            var page = PageHtmlRenderer.From(renderer);
            if (macro.Name == "initexo") page.Exercises = Number(macro.Source);
            else if (macro.Name == "exercice") renderer.Write($"Exercice {++page.Exercises}");
            else if (!macro.IsSilent) WriteBox(renderer, macro);
        }

        // HtmlText leaves this element out of what the search reads.
        static void WriteBox(HtmlRenderer renderer, MacroInline macro)
        {
            var file = macro.Source.StartsWith("--8<--", StringComparison.Ordinal);
            var source = file ? macro.Source["--8<--".Length..].Trim().Trim('"', '\'') : macro.Source;
            if (source.Length > ShownLength) source = source.Start(ShownLength) + "…";
            renderer.Write($"<span class=\"macro\">{(file ? "Fichier à inclure" : What(macro.Name))} : <code>").WriteEscape(source).Write("</code></span>");
        }

        static string What(string name) => name switch
        {
            "IDE" or "IDEv" => "Exercice Python du site d’origine",
            "terminal" => "Console Python du site d’origine",
            "multi_qcm" or "qcm" => "Questionnaire du site d’origine",
            _ => "Élément du site d’origine",
        };

        static int Number(string source)
        {
            var digits = source.Where(char.IsAsciiDigit).Take(4).ToArray();
            return digits.Length == 0 ? 0 : int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
