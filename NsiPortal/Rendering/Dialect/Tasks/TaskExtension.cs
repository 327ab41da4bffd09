using Markdig;
using Markdig.Extensions.TaskLists;
using Markdig.Parsers.Inlines;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace NsiPortal.Rendering.Dialect.Tasks;

/// <summary><c>- [ ] to do</c> and <c>- [x] done</c>: a mark to read, not a form control.</summary>
sealed class TaskExtension : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline) =>
        pipeline.InlineParsers.InsertBefore<LinkInlineParser>(new TaskListInlineParser { ListClass = "tasks", ListItemClass = "" });

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer) => renderer.ObjectRenderers.Add(new TaskRenderer());

    sealed class TaskRenderer : HtmlObjectRenderer<TaskList>
    {
        protected override void Write(HtmlRenderer renderer, TaskList task) => renderer.Write(task.Checked
            ? "<span class=\"task done\" role=\"img\" aria-label=\"fait\"></span>"
            : "<span class=\"task\" role=\"img\" aria-label=\"à faire\"></span>");
    }
}
