/** Which sources are judged: the skeleton, the reference, or a folder laid over one of them; and how they compile. */
package mqworkbook.workbench.answer;
